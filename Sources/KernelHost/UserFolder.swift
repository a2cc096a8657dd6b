import Glibc

/// The folders of Octet among a user's files, as the XDG Base Directory Specification places them.
enum UserFolder {
  /// `octet` in `$XDG_CACHE_HOME`, else in `~/.cache`; nil where there is no home folder.
  static var cache: String? { folder("XDG_CACHE_HOME", inHome: ".cache") }

  private static func folder(_ variable: String, inHome place: String) -> String? {
    if let folder = environment(variable), folder.hasPrefix("/") { return folder + "/octet" }
    if let home = environment("HOME"), home.hasPrefix("/") { return "\(home)/\(place)/octet" }
    return nil
  }

  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
