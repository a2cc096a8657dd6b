import GRDB

/// The tables of a workspace and how they came about.
///
/// A migration that was released is never changed; a new one is one file and one line here.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 history, projects, runs, reports", migrate: FirstSchema.make)
    return migrator
  }
}
