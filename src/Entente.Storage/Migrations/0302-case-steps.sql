-- The states that a ticket entered, as its log tells, so that a clock can name the event that stopped it. Instants are epoch seconds.
CREATE TABLE case_steps (
    import TEXT NOT NULL,
    ticket TEXT NOT NULL,
    at BIGINT NOT NULL,
    place BIGINT NOT NULL,
    state TEXT NOT NULL
);

CREATE INDEX case_steps_by_ticket ON case_steps (import, ticket);
