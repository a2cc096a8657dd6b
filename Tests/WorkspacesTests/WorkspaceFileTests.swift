import FoundationEssentials
import GRDB
import Testing
import Workspaces

@Suite struct WorkspaceFileTests {
  @Test func `a file of a newer version is refused with a clear word`() throws {
    let place = TemporaryWorkspace()
    _ = try place.workspace.beginSession()
    try DatabaseQueue(path: place.path).write { database in
      try database.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99 not invented yet')")
    }
    let error = #expect(throws: WorkspaceError.self) { try place.workspace.beginSession() }
    #expect(error?.code == .newer)
    #expect(error?.message.contains("newer version of Octet") == true)
  }

  @Test func `an empty file of an older version is migrated`() throws {
    let place = TemporaryWorkspace()
    try FileManager.default.createDirectory(atPath: place.folder + "/deep", withIntermediateDirectories: true)
    try DatabaseQueue(path: place.path).write { database in
      try database.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    }
    #expect(try place.workspace.beginSession() == 1)
  }

  @Test func `a file that is none is refused`() throws {
    let place = TemporaryWorkspace()
    try FileManager.default.createDirectory(atPath: place.folder + "/deep", withIntermediateDirectories: true)
    try Data(repeating: 65, count: 5000).write(to: URL(filePath: place.path))
    let error = #expect(throws: WorkspaceError.self) { try place.workspace.beginSession() }
    #expect(error?.code == .damaged)
  }

  @Test func `a folder that cannot be written is refused`() throws {
    let error = #expect(throws: WorkspaceError.self) {
      try Workspace(path: "/proc/nowhere/workspace.sqlite").beginSession()
    }
    #expect(error?.code == .unusable)
  }

  @Test func `many open a new file at once`() async throws {
    let place = TemporaryWorkspace()
    let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 { group.addTask { [path = place.path] in try Workspace(path: path).beginSession() } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(numbers.sorted() == Array(1...8))
    #expect(try place.workspace.integrityProblems().isEmpty)
  }

  @Test func `the file is for its owner alone`() throws {
    let place = TemporaryWorkspace()
    let workspace = place.workspace
    _ = try workspace.beginSession()
    for (path, mode) in [(place.path, 0o600), (place.path + "-wal", 0o600), (place.folder + "/deep", 0o700)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == mode)
    }
    withExtendedLifetime(workspace) {}
  }

  @Test func `a folder with .octet has a workspace of its own, and so has all below it`() throws {
    let place = TemporaryWorkspace()
    let below = place.folder + "/a/b"
    for folder in [below, place.folder + "/.octet"] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    #expect(WorkspaceLocation.path(from: below, environment: [:]) == place.folder + "/.octet/workspace.sqlite")
    #expect(WorkspaceLocation.path(from: below, environment: ["OCTET_WORKSPACE": "off"]) == nil)
    #expect(WorkspaceLocation.path(from: below, environment: ["OCTET_WORKSPACE": "/x"]) == "/x")
    #expect(
      WorkspaceLocation.path(from: "/proc", environment: ["XDG_DATA_HOME": "/d", "HOME": "/h"])
        == "/d/octet/workspace.sqlite")
    #expect(
      WorkspaceLocation.path(from: "/proc", environment: ["XDG_DATA_HOME": "d", "HOME": "/h"])
        == "/h/.local/share/octet/workspace.sqlite")
  }
}
