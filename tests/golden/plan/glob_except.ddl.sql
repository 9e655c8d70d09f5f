CREATE TABLE app.log_ (at timestamptz);
CREATE TABLE app.log_a (at timestamptz);
CREATE TABLE app.log_tree (at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE app.log_tree_1 PARTITION OF app.log_tree DEFAULT;
CREATE TABLE app.log_legal (at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE app.log_legal_1 PARTITION OF app.log_legal DEFAULT;
CREATE SCHEMA apps CREATE TABLE log_a (at timestamptz);
