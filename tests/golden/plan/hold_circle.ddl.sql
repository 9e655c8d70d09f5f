CREATE TABLE app.accounts (id bigint PRIMARY KEY, owner_id bigint, name text, at timestamptz);
CREATE TABLE app.users (id bigint PRIMARY KEY, twin_id bigint, at timestamptz,
    account_id bigint CONSTRAINT users_account_fkey REFERENCES app.accounts) PARTITION BY HASH (id);
CREATE TABLE app.users_0 PARTITION OF app.users FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE app.users_1 PARTITION OF app.users FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE crm.users (id bigint PRIMARY KEY,
    account_id bigint CONSTRAINT crm_account_fkey REFERENCES app.accounts);
ALTER TABLE app.users ADD CONSTRAINT users_twin_fkey FOREIGN KEY (twin_id) REFERENCES crm.users;
ALTER TABLE app.accounts ADD CONSTRAINT accounts_owner_fkey FOREIGN KEY (owner_id)
    REFERENCES app.users ON DELETE SET NULL;
