# src/plan/ways.c: follow: true is forgotten
s/^    if \(hold->follow\)$/    if (false)/
