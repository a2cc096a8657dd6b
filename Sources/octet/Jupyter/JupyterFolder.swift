import FoundationEssentials

/// A folder in which Jupyter looks for kernels and extensions, such as `~/.local/share/jupyter`.
struct JupyterFolder: Hashable {
  /// The path, without a slash at its end.
  let path: String

  /// The folder of a kernelspec.
  func kernelspec(named name: String) -> Kernelspec { Kernelspec(folder: "\(path)/kernels/\(name)") }

  /// The kernelspecs of Octet here, whatever their names.
  var kernelspecs: [Kernelspec] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/kernels")) ?? []
    return names.sorted().map(kernelspec).filter { $0.program != nil }
  }

  /// The extension that colours the language.
  var languageExtension: LanguageExtension { LanguageExtension(folder: path + "/labextensions/octet-language") }

  /// The folder for all users of the machine.
  static let system = JupyterFolder(path: "/usr/local/share/jupyter")

  /// The folder of the active Python environment; nil where none is active.
  static var environment: JupyterFolder? {
    (variable("VIRTUAL_ENV") ?? variable("CONDA_PREFIX")).map { JupyterFolder(path: $0 + "/share/jupyter") }
  }

  /// The user's folder; nil where the home folder is not known.
  static var user: JupyterFolder? {
    if let folder = variable("JUPYTER_DATA_DIR") { return JupyterFolder(path: folder) }
    if let folder = variable("XDG_DATA_HOME") { return JupyterFolder(path: folder + "/jupyter") }
    return variable("HOME").map { JupyterFolder(path: $0 + "/.local/share/jupyter") }
  }

  /// All folders in the order in which Jupyter looks into them, as far as that can be known without asking Python.
  static var searched: [JupyterFolder] {
    let named = (variable("JUPYTER_PATH") ?? "").split(separator: ":").map { JupyterFolder(path: String($0)) }
    let known = [environment, user, system, JupyterFolder(path: "/usr/share/jupyter")].compactMap { $0 }
    var seen: Set<JupyterFolder> = []
    return (named + known).filter { seen.insert($0).inserted }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else { return nil }
    return value
  }
}
