CREATE TABLE app.orders (id bigint PRIMARY KEY, at timestamptz);
CREATE TABLE app.parts (id bigint PRIMARY KEY, kept boolean,
    up bigint CONSTRAINT parts_up_fkey REFERENCES app.parts ON DELETE CASCADE,
    order_id bigint CONSTRAINT parts_order_fkey REFERENCES app.orders ON DELETE CASCADE);
