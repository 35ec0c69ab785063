"use strict";
// A laptop with PouchDB: does what a line on stdin asks, answers with a line on stdout.
const fs = require("fs");
const readline = require("readline");
const PouchDB = require("pouchdb");

const [folder, address, file] = process.argv.slice(2);
const items = JSON.parse(fs.readFileSync(file, "utf8"));
const local = new PouchDB(`${folder}/laptop`);
const remote = new PouchDB(`${address}/items`);
const PAUSE_MS = 1000;
// A replication whose connection was cut may wait for ever: who uses it has to give it up.
const SILENCE_MS = 120000;
let readers = 0;

const since = (began) => Number(process.hrtime.bigint() - began) / 1e9;

async function timed(work) {
  const began = process.hrtime.bigint();
  const found = await work();
  return { seconds: since(began), ...found };
}

async function write(first, count) {
  // One at a time, as they are written; LevelDB does not wait for the disk.
  for (const { id, ...item } of items.slice(first, first + count)) {
    await local.put({ _id: id, ...item });
  }
  return {};
}

async function down() {
  const other = new PouchDB(`${folder}/reader-${readers++}`);
  const done = await other.replicate.from(remote);
  return { count: done.docs_written };
}

function replicated() {
  return new Promise((resolve, reject) => {
    const going = local.replicate.to(remote);
    let silence;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => { going.cancel(); reject(new Error("silent")); }, SILENCE_MS);
    };
    going.on("change", heard);
    going.then(resolve, reject).finally(() => clearTimeout(silence));
    heard();
  });
}

async function drain({ longest }) {
  const until = Date.now() + longest * 1000;
  let failures = 0;
  while (Date.now() < until) {
    try {
      await replicated();
      break;
    } catch (error) {
      failures++;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
  return { failures };
}

const verbs = {
  begin: async () => { await remote.info(); return {}; },
  write: ({ first, count }) => write(first, count),
  up: async () => ({ count: (await local.replicate.to(remote)).docs_written }),
  down,
  round: async () => { await PouchDB.sync(local, remote); return {}; },
  drain,
  count: async () => ({ count: (await remote.info()).doc_count }),
};

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    const found = await timed(() => verbs[asked.verb](asked));
    process.stdout.write(`${JSON.stringify(found)}\n`);
  }
  process.exit(0);
})();
