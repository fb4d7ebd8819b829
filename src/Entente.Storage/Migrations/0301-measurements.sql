-- Rows of imports. Instants are epoch seconds, lengths seconds; a fields text is a JSON object of what else the row says.
CREATE TABLE measured_counts (
    import TEXT NOT NULL,
    series TEXT NOT NULL,
    start BIGINT NOT NULL,
    length BIGINT NOT NULL,
    good BIGINT NOT NULL,
    total BIGINT NOT NULL,
    unknown BIGINT NOT NULL,
    fields TEXT NULL
);

CREATE INDEX measured_counts_by_import ON measured_counts (import);

CREATE TABLE measured_states (
    import TEXT NOT NULL,
    series TEXT NOT NULL,
    start BIGINT NOT NULL,
    finish BIGINT NULL,
    state TEXT NOT NULL,
    reference TEXT NULL,
    fields TEXT NULL
);

CREATE INDEX measured_states_by_import ON measured_states (import);

CREATE TABLE measured_checks (
    import TEXT NOT NULL,
    series TEXT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    place TEXT NULL,
    retry BIGINT NOT NULL,
    micros BIGINT NULL,
    fields TEXT NULL
);

CREATE INDEX measured_checks_by_import ON measured_checks (import);

CREATE TABLE measured_values (
    import TEXT NOT NULL,
    series TEXT NOT NULL,
    at BIGINT NOT NULL,
    length BIGINT NOT NULL,
    amount TEXT NOT NULL,
    count BIGINT NOT NULL,
    low TEXT NULL,
    fields TEXT NULL
);

CREATE INDEX measured_values_by_import ON measured_values (import);

CREATE TABLE measured_tickets (
    import TEXT NOT NULL,
    ticket TEXT NOT NULL,
    opened BIGINT NOT NULL,
    responded BIGINT NULL,
    resolved BIGINT NULL,
    updates TEXT NULL,
    pauses TEXT NULL,
    priority TEXT NULL,
    series TEXT NULL,
    fields TEXT NULL
);

CREATE INDEX measured_tickets_by_import ON measured_tickets (import);
