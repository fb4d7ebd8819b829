-- The files of an export until it is taken over, each as gzip: a corrected mapping reads them again.
CREATE TABLE inventory_import_files (
    engagement TEXT NOT NULL,
    import TEXT NOT NULL,
    file_no BIGINT NOT NULL,
    name TEXT NOT NULL,
    content {{bytes}} NOT NULL,
    PRIMARY KEY (engagement, import, file_no)
);
