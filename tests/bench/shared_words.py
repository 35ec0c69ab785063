"""What opens the vaults of benchmarks: apart, so that a child measures nothing of their maker."""

PASSPHRASE = "가로등 아래 라면 냄새 나는 골목"
