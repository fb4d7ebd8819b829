CREATE TABLE facts (
    position BIGINT NOT NULL PRIMARY KEY,
    stream TEXT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    at TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (stream, version)
);

-- One row: where the chain ends. Writers take it first, so that the chain never forks and positions have no gaps.
CREATE TABLE ledger_head (
    id INTEGER NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    hash TEXT NOT NULL
);

INSERT INTO ledger_head (id, position, hash) VALUES (1, 0, '');

CREATE TABLE idempotency (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    stream TEXT NOT NULL,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (actor, key)
);
