"""Each kernel that a test starts takes some thirty descriptors of this process, more in all than the usual limit allows."""

import resource

_, LARGEST = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (min(LARGEST, 65_536) if LARGEST > 0 else 65_536, LARGEST))
