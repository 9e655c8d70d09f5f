CREATE TABLE app.folders (id bigint PRIMARY KEY,
    up bigint CONSTRAINT folders_up_fkey REFERENCES app.folders,
    side bigint CONSTRAINT folders_side_fkey REFERENCES app.folders, at timestamptz);
CREATE TABLE app.nodes (id bigint PRIMARY KEY,
    up bigint CONSTRAINT nodes_up_fkey REFERENCES app.nodes ON DELETE SET NULL,
    at timestamptz, kept boolean);
