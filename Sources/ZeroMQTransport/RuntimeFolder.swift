import Glibc

/// The folder in which Jupyter clients look for connection files.
enum RuntimeFolder {
  /// `$JUPYTER_RUNTIME_DIR`, else `jupyter/runtime` in `$XDG_DATA_HOME` or in `~/.local/share`, else `/tmp`.
  static var path: String {
    if let folder = environment("JUPYTER_RUNTIME_DIR") { return folder }
    if let folder = environment("XDG_DATA_HOME") { return folder + "/jupyter/runtime" }
    if let home = environment("HOME") { return home + "/.local/share/jupyter/runtime" }
    return "/tmp"
  }

  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.hasPrefix("/") ? text : nil
  }
}
