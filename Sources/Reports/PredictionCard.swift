import Documents
import Evaluation

/// A picture with what one or two models say of it.
enum PredictionCard {
  /// The card of a picture with the optimized model's five most probable classes and its parent's.
  static func make(
    path: String, pictures: PictureShelf, classes: ClassNames, optimized: Scores, parent: Scores
  ) -> PictureCard {
    let (first, second) = (optimized.best, parent.best)
    let verdict: PictureCard.Verdict =
      first == second
      ? .init("Both say \(classes.short(first))")
      : .init("Optimized says \(classes.short(first)), parent says \(classes.short(second))", isAlarming: true)
    let note =
      first == second
      ? "" : "Rank of the parent's class in the optimized model's predictions: \(optimized.rank(of: second))"
    return PictureCard(
      caption: path, picture: pictures[path], isPictureLeftOut: pictures.leavesOut(path), verdict: verdict,
      barLists: [
        classes.bars(optimized, title: "Optimized", marked: first),
        classes.bars(parent, title: "Parent", marked: second),
      ], note: note)
  }

  /// The card of a picture with one model's most probable classes.
  static func make(
    path: String, pictures: PictureShelf, classes: ClassNames, title: String, scores: Scores, count: Int = 5
  ) -> PictureCard {
    PictureCard(
      caption: path, picture: pictures[path], isPictureLeftOut: pictures.leavesOut(path),
      barLists: [classes.bars(scores, title: title, count: count, marked: scores.best)])
  }
}
