
-- all: refused, mask-not-null

-- missing: refused, column-missing

-- hash: refused, key-may-be-logged
