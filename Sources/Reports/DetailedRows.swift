/// Which rows of a table unfold.
///
/// Making the details of every row of a very long table would take long, and no page has room for them.
enum DetailedRows {
  private static let limit = 1000

  /// The indices among those selected whose rows unfold: the first ones, erroneous ones before others.
  static func indices(_ selection: [Int], isErroneous: (Int) -> Bool) -> Set<Int> {
    guard selection.count > limit else { return Set(selection) }
    var chosen: Set<Int> = []
    for index in selection where chosen.count < limit && isErroneous(index) { chosen.insert(index) }
    for index in selection where chosen.count < limit { chosen.insert(index) }
    return chosen
  }
}
