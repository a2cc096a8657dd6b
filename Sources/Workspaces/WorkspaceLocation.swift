import FoundationEssentials

/// Where the workspace of a process lies.
public enum WorkspaceLocation {
  /// The name of the file.
  public static let fileName = "workspace.sqlite"
  /// The folder that gives a directory, and all below it, a workspace of its own.
  public static let folderName = ".octet"

  /// The workspace's file: what `OCTET_WORKSPACE` names; else that in `.octet` of a folder or the nearest above it that has
  /// one; else the user's, `octet/workspace.sqlite` in `$XDG_DATA_HOME` or `~/.local/share`. Nil where `OCTET_WORKSPACE` is
  /// `off`, and where there is no home folder.
  ///
  /// - Parameters:
  ///   - folder: where to begin; nil for the folder of the process.
  ///   - environment: the variables; nil for those of the process.
  public static func path(from folder: String? = nil, environment: [String: String]? = nil) -> String? {
    let environment = environment ?? ProcessInfo.processInfo.environment
    if let chosen = environment["OCTET_WORKSPACE"], !chosen.isEmpty { return chosen == "off" ? nil : chosen }
    var place = folder ?? FileManager.default.currentDirectoryPath
    while place.hasPrefix("/") {
      let own = (place == "/" ? "" : place) + "/" + folderName
      var isFolder = false
      if FileManager.default.fileExists(atPath: own, isDirectory: &isFolder), isFolder { return own + "/" + fileName }
      if place == "/" { break }
      place = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
      if place.isEmpty { place = "/" }
    }
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return "\(data)/octet/\(fileName)" }
    if let home = environment["HOME"], home.hasPrefix("/") { return "\(home)/.local/share/octet/\(fileName)" }
    return nil
  }
}
