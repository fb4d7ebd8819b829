-- Lists, written with the facts they show.
CREATE TABLE agreements (
    id TEXT NOT NULL PRIMARY KEY,
    engagement TEXT NOT NULL,
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    draft BIGINT NULL,
    signed BIGINT NULL,
    effective_from TEXT NULL,
    ends TEXT NULL
);

CREATE INDEX agreements_by_engagement ON agreements (engagement);

CREATE TABLE agreement_versions (
    agreement TEXT NOT NULL,
    version BIGINT NOT NULL,
    effective_from TEXT NOT NULL,
    ends TEXT NULL,
    PRIMARY KEY (agreement, version)
);

CREATE TABLE agreement_signatures (
    agreement TEXT NOT NULL,
    version BIGINT NOT NULL,
    side TEXT NOT NULL,
    PRIMARY KEY (agreement, version, side)
);
