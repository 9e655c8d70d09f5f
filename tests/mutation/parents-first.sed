# src/plan/order.c: parents are purged before their children
s/return first->step.table != second->step.table \&\&/return false \&\& first->step.table != second->step.table \&\&/
