-- What reading told beside the rows: how many objects and links, what became of each kind, which column filled which field.
ALTER TABLE inventory_imports ADD COLUMN account TEXT NULL;
-- Counting what stands must not read the items themselves.
CREATE INDEX inventory_items_standing ON inventory_items (engagement, kind, retired);
