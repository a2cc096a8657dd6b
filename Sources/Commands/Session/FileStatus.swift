import Glibc

/// What the system says of a file, links followed.
struct FileStatus {
  /// The bytes of its content.
  let byteCount: Int
  /// Nanoseconds since 1970 when its content or its time of use was last set.
  let modified: Int

  /// The status of a file; nil where there is none.
  init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    byteCount = Int(clamping: status.st_size)
    let (seconds, overflow) = Int(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    modified = overflow ? 0 : seconds &+ Int(status.st_mtim.tv_nsec)
  }
}
