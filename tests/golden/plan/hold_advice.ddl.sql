CREATE TABLE app.accounts (id bigint PRIMARY KEY);
CREATE TABLE app.calls (account_id bigint CONSTRAINT calls_account_fkey REFERENCES app.accounts,
    at timestamptz);
CREATE TABLE app.texts (at timestamptz);
CREATE TABLE app.parts (id bigint, at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE app.parts_1 PARTITION OF app.parts DEFAULT;
CREATE TABLE app.trees (at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE app.trees_1 PARTITION OF app.trees DEFAULT;
