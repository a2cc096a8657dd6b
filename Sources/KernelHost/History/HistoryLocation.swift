import Glibc

/// Where the history of all kernels of a user is kept.
enum HistoryLocation {
  /// `octet/history.jsonl` in `$XDG_DATA_HOME`, else in `~/.local/share`; nil where there is no home folder.
  static var path: String? {
    if let folder = environment("XDG_DATA_HOME"), folder.hasPrefix("/") { return folder + "/octet/history.jsonl" }
    if let home = environment("HOME"), home.hasPrefix("/") { return home + "/.local/share/octet/history.jsonl" }
    return nil
  }

  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
