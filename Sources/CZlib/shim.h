#ifndef OCTET_CZLIB_SHIM_H
#define OCTET_CZLIB_SHIM_H

#include <zlib.h>

#endif
