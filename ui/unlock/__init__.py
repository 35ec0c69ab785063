"""The way in: first start, passphrase, recovery, and what is said when the vault is damaged."""
