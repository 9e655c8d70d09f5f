CREATE TABLE legal.accounts (id bigint PRIMARY KEY, frozen boolean);
CREATE TABLE crm.accounts (id bigint PRIMARY KEY, at timestamptz,
    legal_id bigint CONSTRAINT crm_legal_fkey REFERENCES legal.accounts);
CREATE TABLE app.accounts (id bigint PRIMARY KEY,
    crm_id bigint CONSTRAINT app_crm_fkey REFERENCES crm.accounts,
    legal_id bigint CONSTRAINT app_legal_fkey REFERENCES legal.accounts, kept boolean);
CREATE TABLE app.calls (
    account_id bigint CONSTRAINT calls_account_fkey REFERENCES app.accounts ON DELETE SET NULL);
