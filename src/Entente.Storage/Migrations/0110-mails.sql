-- What is to be mailed, until it is sent and after. What a mail is about is unique, so that nobody is asked the same twice.
CREATE TABLE mails (
    id TEXT NOT NULL PRIMARY KEY,
    about TEXT NOT NULL UNIQUE,
    engagement TEXT NOT NULL,
    person TEXT NOT NULL,
    edition BIGINT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    claim TEXT NOT NULL,
    tries BIGINT NOT NULL,
    failure TEXT NULL,
    sent_at TEXT NULL,
    sent_via TEXT NULL,
    dropped_because TEXT NULL,
    link_used_at TEXT NULL
);

CREATE INDEX mails_by_time ON mails (created_at);

-- Which block waits for whom since when, and when they were reminded of it.
CREATE TABLE reminders (
    engagement TEXT NOT NULL,
    person TEXT NOT NULL,
    block TEXT NOT NULL,
    since TEXT NOT NULL,
    last TEXT NULL,
    PRIMARY KEY (engagement, person, block)
);

-- Of a person, or of an organisation for all its people who set none.
CREATE TABLE quiet_hours (
    owner TEXT NOT NULL PRIMARY KEY,
    zone TEXT NOT NULL,
    quiet_from TEXT NOT NULL,
    quiet_until TEXT NOT NULL,
    weekends BIGINT NOT NULL
);
