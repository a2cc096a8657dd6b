#ifndef OCTET_CEXPAT_SHIM_H
#define OCTET_CEXPAT_SHIM_H

#include <expat.h>

#endif
