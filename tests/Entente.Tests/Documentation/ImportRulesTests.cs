using Entente.Documentation;
using Entente.Terms;
using static Entente.Tests.Documentation.Folding;

namespace Entente.Tests.Documentation;

public sealed class ImportRulesTests
{
    private static readonly InventoryItem.Asset _imported = new() { Key = "db", Name = "Database", What = "database", DependsOn = ["disk"] };

    private static CharterState Approved { get; } = CharterState.Empty
        .Fold(Ann, CharterRules.Write(CharterState.Empty, Ann, new Charter("p", "s", ["r"], ["m"])))
        .Apply(new CharterFact.StakeholderNamed("sam", "Sam"), new Stamp("ann", "service level manager", Now, 2))
        .Apply(new CharterFact.Approved(1), new Stamp("sam", "stakeholder", Now, 3));

    [Fact]
    public void What_an_export_leaves_empty_keeps_what_a_person_wrote()
    {
        var written = _imported with { Name = "Old name", Run = new Money(300, "EUR"), MeasuredBy = ["db up"], Owner = "Dora" };
        var plan = ImportRules.Plan(_imported, written, isRetired: false);
        plan.Action.ShouldBe(ImportAction.Change);
        plan.After.ShouldBe(written with { Name = "Database" });
        ImportRules.Plan(_imported, plan.After, isRetired: false).Action.ShouldBe(ImportAction.Same);
    }

    [Fact]
    public void An_import_brings_nothing_back_and_takes_nothing_from_the_other_side()
    {
        ImportRules.Plan(_imported, null, isRetired: false).Action.ShouldBe(ImportAction.Add);
        ImportRules.Plan(_imported, _imported, isRetired: true).Action.ShouldBe(ImportAction.Retired);
        ImportRules.Plan(_imported, _imported with { Side = Side.Customer }, isRetired: false).Action.ShouldBe(ImportAction.OtherSide);
    }

    [Fact]
    public void An_import_is_taken_over_once_and_undone_once()
    {
        var fact = new InventoryFact.Imported("imp_1", "csv", "a.csv", "00", 1, 0, 0);
        var taken = InventoryState.Empty.Fold(Pia, ImportRules.TakeOver(Approved, InventoryState.Empty, Pia, Side.Provider, fact));
        ImportRules.TakeOver(Approved, taken, Pia, Side.Provider, fact).Refusal!.Code.ShouldBe("import.taken_over");
        var nothingNew = fact with { Import = "imp_2", NewItems = 0, ChangedItems = 0, SameItems = 2 };
        ImportRules.TakeOver(Approved, taken, Pia, Side.Provider, nothingNew).Refusal!.Code.ShouldBe("import.nothing_new");
        ImportRules.TakeOver(Approved, taken, Pia, Side.Provider, nothingNew with { SameItems = 0 }).Refusal!.Code.ShouldBe("import.nothing_read");
        ImportRules.TakeOver(Approved, taken, Cem, Side.Provider, fact with { Import = "imp_2" }).Refusal!.Code.ShouldBe("inventory.not_yours");
        var undone = taken.Fold(Pia, ImportRules.Undo(taken, Pia, Side.Provider, "imp_1"));
        ImportRules.Undo(undone, Pia, Side.Provider, "imp_1").Refusal!.Code.ShouldBe("import.undone");
        ImportRules.Undo(taken, Pia, Side.Provider, "imp_9").Refusal!.Code.ShouldBe("import.unknown");
    }
}
