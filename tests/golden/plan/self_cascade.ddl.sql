CREATE TABLE app.folders (id bigint PRIMARY KEY,
    parent_id bigint CONSTRAINT folders_parent_fkey REFERENCES app.folders ON DELETE CASCADE,
    at timestamptz, kept boolean, draft boolean);
