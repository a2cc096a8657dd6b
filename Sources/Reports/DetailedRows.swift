/// Which rows of a table unfold.
///
/// Making the details of every row of a very long table would take long, and no notebook has room for them.
enum DetailedRows {
  private static let limit = 1000

  /// The indices among those selected whose rows unfold: the first ones, erroneous ones before others; all of them where
  /// the pictures are those for a file.
  static func indices(_ selection: [Int], _ pictures: PictureShelf, isErroneous: (Int) -> Bool) -> Set<Int> {
    guard selection.count > limit, !pictures.isForFile else { return Set(selection) }
    var chosen: Set<Int> = []
    for index in selection where chosen.count < limit && isErroneous(index) { chosen.insert(index) }
    for index in selection where chosen.count < limit { chosen.insert(index) }
    return chosen
  }
}
