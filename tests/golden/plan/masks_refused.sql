
-- all: refused, mask-not-null

-- fits: refused, mask-type

-- number: refused, mask-type

-- missing: refused, column-missing

-- hash: refused, key-may-be-logged
