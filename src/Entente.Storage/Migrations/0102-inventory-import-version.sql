-- The version of the inventory at which an import was taken over: an item that stands at a later one was changed since.
ALTER TABLE inventory_imports ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
