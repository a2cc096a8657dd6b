#include "../common/lanes__scalar.h"

#define MK_TILE 4
#define MK_SUFFIX __scalar
#include "winograd_f32__vector.h"
