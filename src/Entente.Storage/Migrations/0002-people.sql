CREATE TABLE organisations (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    normalized_email TEXT NOT NULL UNIQUE,
    password_hash TEXT NULL,
    security_stamp TEXT NOT NULL,
    lockout_end TEXT NULL,
    access_failed_count BIGINT NOT NULL,
    is_administrator BIGINT NOT NULL,
    is_example BIGINT NOT NULL
);

CREATE TABLE invitations (
    token_hash TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    is_administrator BIGINT NOT NULL,
    engagement TEXT NULL,
    seat TEXT NULL,
    invited_by TEXT NOT NULL,
    expires TEXT NOT NULL,
    used_at TEXT NULL
);

CREATE TABLE api_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    created TEXT NOT NULL,
    expires TEXT NULL
);

-- Keys with which the server signs cookies; shared by all nodes.
CREATE TABLE protection_keys (
    name TEXT NOT NULL PRIMARY KEY,
    xml TEXT NOT NULL
);

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Lists, written with the facts they show.
CREATE TABLE engagements (
    id TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL,
    title TEXT NOT NULL,
    provider TEXT NOT NULL,
    customer TEXT NOT NULL,
    opened_at TEXT NOT NULL
);

CREATE TABLE seats (
    engagement TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    seat TEXT NOT NULL,
    PRIMARY KEY (engagement, person)
);

CREATE INDEX seats_by_person ON seats (person);
