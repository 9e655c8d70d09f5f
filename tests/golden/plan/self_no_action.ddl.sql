CREATE TABLE app.folders (owner bigint, id bigint, parent_owner bigint, parent_id bigint,
    at timestamptz, PRIMARY KEY (owner, id),
    CONSTRAINT folders_parent_fkey FOREIGN KEY (parent_owner, parent_id) REFERENCES app.folders);
