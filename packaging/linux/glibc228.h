/* Compiled into CPython on glibc 2.31: what it builds then also starts on glibc 2.28 (x86-64).
   These got a second version in 2.29 that only treats errno differently. */
#if !defined(__ASSEMBLER__) && defined(__x86_64__)
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
#endif
