import Glibc

/// What the system says of a file, links followed.
struct FileStatus {
  /// The bytes of its content.
  let byteCount: Int
  /// Nanoseconds since 1970 when its content or its time of use was last set.
  let modified: Int

  /// Whether it is a file, rather than a folder or a device.
  let isRegular: Bool

  /// The status of a file; nil where there is none.
  init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    byteCount = Int(clamping: status.st_size)
    isRegular = status.st_mode & S_IFMT == S_IFREG
    let (seconds, overflow) = Int(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    modified = overflow ? 0 : seconds &+ Int(status.st_mtim.tv_nsec)
  }
}
