using System.Text.Json;
using Nexus.Web.Audit;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Audit;

public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("dataset.version-created", "dataset/loans@2", "{}", "added the data loans 2")]
    [InlineData("pipeline.created", "pipeline/small", "{}", "wrote the pipeline small")]
    [InlineData("pipeline.changed", "pipeline/small", "{}", "changed the pipeline small")]
    [InlineData("config.created", "config/training/fast", "{}", "wrote the config training/fast")]
    [InlineData("config.deleted", "config/training/fast", "{}", "deleted the config training/fast")]
    [InlineData("run.started", "run/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"pipeline":"small","Number":4}""", "started small #4")]
    [InlineData("run.retried", "run/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"pipeline":"small","number":4}""", "started small #4 again")]
    [InlineData("run.canceled", "run/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"pipeline":"small","number":4,"why":null}""", "canceled small #4")]
    [InlineData("run.edited", "run/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"pipeline":"small","number":4,"note":12}""", "wrote a note on small #4")]
    [InlineData("run.edited", "run/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"pipeline":"small","number":4,"note":null}""", "tagged small #4")]
    [InlineData("sweep.started", "sweep/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"pipeline":"small","number":1}""", "started the sweep small #1")]
    [InlineData("sweep.extended", "sweep/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"pipeline":"small","number":1,"MaxTrials":24}""", "extended the sweep small #1 to 24 runs")]
    [InlineData("sweep.ended", "sweep/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"pipeline":"small","number":1,"state":"Succeeded","trials":12}""", "finished the sweep small #1 of 12 runs")]
    [InlineData("sweep.ended", "sweep/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"pipeline":"small","number":1,"state":"Failed","trials":3}""", "gave up the sweep small #1: no run of it brought a result")]
    [InlineData("model.version-registered", "model/small@4", "{}", "registered small 4")]
    [InlineData("model.transitioned", "model/small@4", """{"from":"None","to":"Production"}""", "moved small 4 to Production")]
    [InlineData("model.transitioned", "model/small@4", """{"from":"Staging","to":"None"}""", "took small 4 out of Staging")]
    [InlineData("model.explanation-requested", "model/small@4", "{}", "asked what drives small 4")]
    [InlineData("model.alias-set", "model/small@4", """{"alias":"champion"}""", "gave small 4 the alias champion")]
    [InlineData("model.described", "model/small", "{}", "described small")]
    [InlineData("approval.requested", "approval/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"subject":"model/small@4","to":"Production"}""", "asked for small 4 in Production")]
    [InlineData("approval.approved", "approval/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"Subject":"model/small@4"}""", "signed small 4")]
    [InlineData("approval.lapsed", "approval/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"Subject":"model/small@4","because":"model/small@5"}""", "closed the approval of small 4: small 5 was signed first")]
    [InlineData("agent.created", "agent/price", "{}", "made the agent price")]
    [InlineData("person.created", "person/mara", """{"displayName":"Mara Lind"}""", "added Mara Lind")]
    [InlineData("person.roles-changed", "person/mara", "{}", "changed the roles of mara")]
    [InlineData("key.created", "key/01a20b3c-4a7e-7f7a-8956-679abb6b3bf8", """{"person":"ida","name":"nightly"}""", "made the key “nightly” of ida")]
    [InlineData("sample.added", "sample/workspace", "{}", "brought the sample workspace")]
    [InlineData("node.drained-out", "node/a", "{}", "node drained out: a")]
    [InlineData("model.melted", "model/small@4", "\"no object\"", "model melted: small 4")]
    public void Entry_is_told_as_a_person_would(string action, string subject, string detail, string sentence)
    {
        using var json = JsonDocument.Parse(detail);

        AuditWords.Of(action, subject, json.RootElement).ShouldBe(sentence);
    }
}
