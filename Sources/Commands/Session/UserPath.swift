import FoundationEssentials

/// Paths as people write them.
enum UserPath {
  /// The path with `~` replaced by the home folder; a relative one put behind a folder, if there is one.
  static func absolute(_ path: String, relativeTo folder: String?) -> String {
    if path == "~" || path.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"] {
      return home + path.dropFirst()
    }
    guard let folder, !path.hasPrefix("/"), !path.isEmpty else { return path }
    return folder + "/" + path
  }
}
