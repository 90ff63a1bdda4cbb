namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>The document that the contract gives as its example.</summary>
internal static class Elec2Pipeline
{
    public const string Text = """
        name: elec2
        description: Will the price go up?
        params: { target: class, leaves: 31 }
        steps:
          ingest:    { component: ingest, with: { dataset: elec2 } }
          validate:  { component: validate, inputs: { data: ingest }, with: { against: previous, failOn: error } }
          transform:
            component: transform
            inputs: { data: validate }
            with:
              label: "${params.target}"
              positive: UP
              time: timestamp
              features: [day, period, nswprice, nswdemand, vicprice, vicdemand, transfer]
              split: { by: time, train: 0.6 }
              numeric: { impute: median, scale: standard }
              categorical: { encode: onehot, maxCategories: 64 }
              text: { encode: tfidf, ngrams: [1, 2], maxTerms: 50000 }
          train:     { component: train, inputs: { data: transform }, with: { trainer: lightgbm, seed: 7, params: { iterations: 100, leaves: "${params.leaves}", learningRate: 0.1 } } }
          evaluate:  { component: evaluate, inputs: { model: train, data: transform }, with: { slices: [day], require: { auc: { min: 0.7 } }, beat: { production: { auc: { by: -0.01 } } } } }
          push:      { component: push, inputs: { model: train, report: evaluate }, with: { model: elec2 } }
        """;
}
