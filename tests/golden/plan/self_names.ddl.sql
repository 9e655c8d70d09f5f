CREATE TABLE app.below (id bigint PRIMARY KEY, at timestamptz,
    parent_id bigint CONSTRAINT below_fkey REFERENCES app.below);
CREATE TABLE app.outer_row (id bigint PRIMARY KEY, at timestamptz,
    parent_id bigint CONSTRAINT outer_row_fkey REFERENCES app.outer_row ON DELETE CASCADE);
