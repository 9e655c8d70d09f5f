CREATE TABLE app.accounts (id bigint PRIMARY KEY, at timestamptz,
    parent_id bigint CONSTRAINT accounts_parent_fkey REFERENCES app.accounts);
CREATE TABLE app.users (at timestamptz,
    account_id bigint CONSTRAINT users_account_fkey REFERENCES app.accounts);
