import Datasets
import Documents
import Evaluation

/// How near each picture comes to the one that it should be.
struct PictureQualitySection: EvaluationSection {
  let sides: [(name: String, evaluation: PictureEvaluation)]

  var remarks: [Block] {
    let equal = sides.map(\.evaluation.equalCount).max() ?? 0
    guard equal > 0 else { return [] }
    return [
      .paragraph(
        RichText(
          "\(equal) \(equal == 1 ? "picture has" : "pictures have") the target's brightness within the border; PSNR is infinite "
            + "there and left out of its mean."))
    ]
  }

  private var metrics: [PictureEvaluation.Metric] {
    sides.first?.evaluation.figures.compactMap { PictureEvaluation.Metric(rawValue: $0.name) } ?? []
  }

  var table: Table {
    let groups = metrics.map { metric in
      FigureColumns(
        names: sides.map(\.name), id: "\(metric)".lowercased(), title: metric.rawValue,
        kind: .number(FigureText.format(metric == .psnr ? .decibels : .number)), help: "Higher is better.")
    }
    let others = sides.dropFirst().map { side in
      Dictionary(side.evaluation.rows.map { ($0.sample.path, $0) }) { first, _ in first }
    }
    return Table(
      columns: [Column(id: "image", title: "Image Name")] + groups.flatMap(\.columns),
      rows: (sides.first?.evaluation.rows ?? []).map { row in
        let rows = [row] + others.map { $0[row.sample.path] }
        return Row(
          [.text(row.sample.path)]
            + zip(metrics, groups).flatMap { metric, group in group.cells(rows.map { $0?.values[metric] }) })
      }, noun: .init("image", "images"))
  }
}

/// How far the points of each picture lie from where they are.
struct LandmarkSection: EvaluationSection {
  let sides: [(name: String, evaluation: LandmarkEvaluation)]

  var table: Table {
    let errors = FigureColumns(
      names: sides.map(\.name), id: "normed_error", title: "Normed Error", kind: .number(.decimals(4)),
      help: "The mean distance of the points over that of the eyes; lower is better.")
    let others = sides.dropFirst().map { side in
      Dictionary(side.evaluation.rows.map { ($0.sample.path, $0.error) }) { first, _ in first }
    }
    return Table(
      columns: [Column(id: "image", title: "Image Name")] + errors.columns,
      rows: (sides.first?.evaluation.rows ?? []).map { row in
        Row([.text(row.sample.path)] + errors.cells([row.error] + others.map { $0[row.sample.path] }))
      }, noun: .init("image", "images"))
  }
}

/// How far the pictures of each pair lie apart.
struct ReidentificationSection: EvaluationSection {
  let sides: [(name: String, evaluation: ReidentificationEvaluation)]

  var charts: [Chart] {
    guard let rows = sides.first?.evaluation.rows, !rows.isEmpty else { return [] }
    return [true, false].compactMap { isSame in
      let distances = rows.filter { $0.pair.isSame == isSame }.map(\.distance)
      guard distances.count > 1 else { return nil }
      return Chart(
        title: isSame ? "Distances of the same person" : "Distances of two persons",
        .histogram(Histogram(of: distances, axis: Axis("Distance", format: .significant(3)), countTitle: "Pairs")))
    }
  }

  var table: Table {
    let distances = FigureColumns(
      names: sides.map(\.name), id: "distance", title: "Distance", kind: .number(.decimals(4)),
      help: "(1 - cos) / 2 of the angle between both pictures' numbers.")
    let others = sides.dropFirst().map { side in
      Dictionary(side.evaluation.rows.map { ($0.pair, $0.distance) }) { first, _ in first }
    }
    return Table(
      columns: [
        Column(id: "first", title: "First Image"), Column(id: "second", title: "Second Image"),
        Column(id: "same", title: "Same Person", kind: .boolean),
      ] + distances.columns,
      rows: (sides.first?.evaluation.rows ?? []).map { row in
        Row(
          [.text(row.pair.first), .text(row.pair.second), .boolean(row.pair.isSame)]
            + distances.cells([row.distance] + others.map { $0[row.pair] }))
      }, noun: .init("pair", "pairs"))
  }
}
