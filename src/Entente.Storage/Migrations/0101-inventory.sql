CREATE TABLE inventory_items (
    engagement TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    side TEXT NOT NULL,
    type TEXT NOT NULL,
    owner TEXT NOT NULL,
    retired TEXT NULL,
    import TEXT NULL,
    source TEXT NULL,
    version BIGINT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (engagement, kind, key)
);

CREATE INDEX inventory_items_by_name ON inventory_items (engagement, kind, name, key);

-- Connections of assets, one row each: depends, redundant, or a group of which some are needed.
CREATE TABLE inventory_links (
    engagement TEXT NOT NULL,
    from_key TEXT NOT NULL,
    relation TEXT NOT NULL,
    to_key TEXT NOT NULL,
    PRIMARY KEY (engagement, from_key, relation, to_key)
);

CREATE INDEX inventory_links_back ON inventory_links (engagement, to_key);

-- An export as it was read: what it would do, and after it was taken over, what stood there before.
CREATE TABLE inventory_imports (
    engagement TEXT NOT NULL,
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    file TEXT NOT NULL,
    side TEXT NOT NULL,
    digest TEXT NOT NULL,
    staged_at TEXT NOT NULL,
    findings TEXT NOT NULL,
    missing TEXT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (engagement, id)
);

CREATE TABLE inventory_import_rows (
    engagement TEXT NOT NULL,
    import TEXT NOT NULL,
    row_no BIGINT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    action TEXT NOT NULL,
    data TEXT NOT NULL,
    before_data TEXT NULL,
    PRIMARY KEY (engagement, import, row_no)
);
