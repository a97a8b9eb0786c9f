"""读入年报: reading last year's report from other programs, and looking it over beside its source."""
