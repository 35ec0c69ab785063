"use strict";
// PouchDB's own server on loopback, its items in LevelDB in the folder it is given.
const express = require("express");
const pouchServer = require("express-pouchdb");

const [folder, port] = process.argv.slice(2);
const PouchDB = require("pouchdb").defaults({ prefix: `${folder}/` });
const app = express();
// What its makers advise for replication alone: the fewest layers around the database.
app.use(pouchServer(PouchDB, {
  mode: "minimumForPouchDB",
  inMemoryConfig: true,
  logPath: `${folder}/log.txt`,
}));
app.listen(Number(port), "127.0.0.1");
process.stdin.on("end", () => process.exit(0)).resume();
